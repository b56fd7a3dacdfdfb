"""PDFs from the HTML of the pages: one clean tree, pandoc, typst, pikepdf; kept by content."""
