"""The project: settings, root addresses and the WSGI entry. Everything else lives in `speeches`."""
