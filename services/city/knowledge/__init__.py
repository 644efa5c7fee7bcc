"""Knowledge: procedures, rules, contacts and messages, searched by what people type."""
