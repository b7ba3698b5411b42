cat > wire.txt <<'END'
PORT ELMA, 3 May (Coast Agency) - The harbour will stay open through the winter, port director Ilse Korn said.

"The ferry sails every day," Korn told the agency. Captain Piet Maas doubts it. "The ferry sails every day that the ice allows," he said.
END
cat > timetable.txt <<'END'
Port Elma, winter timetable

The ferry sails on Mondays, Wednesdays and Fridays.
END
claimledger source add wire.txt --title "Elma harbour to stay open" --publisher "Coast Agency" --kind wire --published 2026-05-03 --language en --label wire --as jonas
claimledger source add timetable.txt --title "Winter timetable" --publisher "Port of Elma" --kind document --published 2026 --label timetable --as jonas
claimledger claim add "The ferry sails every day." --claimant "Ilse Korn" --claimant-role "port director" --made 2026-05-03 --appeared-in wire --label ferry --as jonas
claimledger claim add "The harbour will stay open through the winter." --claimant "Ilse Korn" --about forecast --due 2027-03-01 --appeared-in wire --label harbour --as jonas
claimledger evidence add ferry timetable --stance refutes --quote "The ferry sails on Mondays, Wednesdays and Fridays." --label days --as jonas
claimledger verdict issue ferry --rating "Mostly false" --why "The timetable names three days." --contacted 2026-05-04 --no-reply --conflict none --label ferry-verdict --as jonas
