claimledger init desk.example/facts --as mara --title "The Velden Desk" --no-passphrase
claimledger key new jonas --no-passphrase
claimledger key enroll jonas --role reviewer --holder-name "Jonas Weil" --as mara
