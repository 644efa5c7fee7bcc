"""The service teams' workbench: what the assistant understands and says, changed as commits."""
