W0417harbr
flBC-EU--Osk-LampSale      07-19 0213
^BC-EU--Osk-Lamp Sale,120<
^Lamp of the Osk lighthouse fetches 8,600 pounds <
^Eds: With AP Photos.<
^By MOIRA FENWICK=
^Associated Press=
	   INVERNESS, Scotland (AP) _ The lamp of the Osk lighthouse was sold on Monday. 
 
	   ``It will shine again,'' the buyer said. 
 
	   ___

	   AP-WF-07-19-21 1430GMT<
