"""What the REST API of every app is made of: sign-in by token, parsing, references, filters, the schema's conventions."""
