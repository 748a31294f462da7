# Words of the Accounts screen.

accounts-title = Accounts
accounts-none = No connection administers accounts yet
accounts-none-sentence = Add a Hypothesis connection with client credentials, or start Practice, and its accounts are kept here.
accounts-none-action = Go to Connections
