"""The values that move between the rooms: frozen, with slots, standard library only."""
