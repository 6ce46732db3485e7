"""What leaves and enters the program: experiment files, their recovery, and TensorFlow Playground links."""
