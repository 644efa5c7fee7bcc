"""The register of applications: where a dossier stands, and the public inquiries that are open."""
