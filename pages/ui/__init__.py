"""What every page is made of: state, sign-in, pieces of HTML, the frame."""
