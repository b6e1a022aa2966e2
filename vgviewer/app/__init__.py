"""What is seen: the window, its editor and its pictures. The only room with Qt."""
