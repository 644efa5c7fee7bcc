"""What the Rasa server loads: importer, language processing, reply texts, channel, stores; the only user of rasa."""
