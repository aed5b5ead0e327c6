"""The catalogue's movements as a phone would see them: any body, any camera, MediaPipe's faults."""
