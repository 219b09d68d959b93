"""What people may tell the system to do, and how it is decided and saved in one step."""
