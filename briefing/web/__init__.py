"""The pages for a browser: what they show as data (`data`), made from records by pure functions, and their HTML (`html`)."""
