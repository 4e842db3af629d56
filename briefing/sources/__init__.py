"""Where articles come from: files and folders. The only package that reads them."""
