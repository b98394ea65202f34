"""According to whom: statements of a whole report and the events they hold."""
