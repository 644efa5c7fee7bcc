"""What the gateway asks others for: answers of the Rasa server, places of the city façade."""
