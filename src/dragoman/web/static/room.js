// The room without script is links and forms; this makes them quicker. Nothing here knows what a page holds.
