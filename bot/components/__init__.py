"""Language processing: names, language, tokens, patterns, intent, entities; see docs/components/."""
