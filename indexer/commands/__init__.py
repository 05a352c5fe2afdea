"""The commands of `newsdex`, one file each, loaded when they are asked for."""
