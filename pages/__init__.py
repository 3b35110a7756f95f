"""What people see. Beside app.py the only layer that imports Streamlit; main.py runs the scripts in the subfolders."""
