"""Where a network is built: palette, canvas, inspector. No file here names a layer kind."""
