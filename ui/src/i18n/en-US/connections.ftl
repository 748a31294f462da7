# Words of the Connections screen.

connections-title = Connections
