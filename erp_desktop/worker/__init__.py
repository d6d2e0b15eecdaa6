"""Background jobs: `erp-desktop worker` runs what the server put into its queue, and what comes round by the clock."""
