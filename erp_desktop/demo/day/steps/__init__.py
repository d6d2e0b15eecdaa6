"""What happens in the day, a module per department; the order stands in `erp_desktop.demo.day.script`."""
