"""What git itself starts: small programs without a command line to parse, each beside `cli` under the roof."""
