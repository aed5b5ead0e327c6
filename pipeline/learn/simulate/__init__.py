"""Simulate the catalogue's movements as a phone sees them: any body, any camera, MediaPipe's errors."""
