# Words of the Controls screen.

controls-title = Controls
controls-none = No connection reads controls yet
controls-none-sentence = Add a Hyperproof connection, or start Practice, and its register is read here.
controls-none-action = Go to Connections
