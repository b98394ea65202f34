"""The reading room: a record in a browser.

``app.create_app`` makes the application; ``dragoman serve`` runs it.
"""
