"""What tests share: databases, people, servers."""
