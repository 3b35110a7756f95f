"""The smallest Streamlit page: what the framework itself costs."""

import streamlit as st

st.write("empty")
