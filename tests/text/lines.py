"""Lines of news pages: what is page furniture wherever it stands alone, and what is the article, however short."""

FURNITURE = """\
Advertisement
ADVERTISEMENT
Article continues after ad
Story continues below this advertisement.
Sponsored content
Share this article
Share on Facebook
Share on Facebook, Twitter and WhatsApp
Follow us on Twitter
Follow us on Google News and WhatsApp for more updates.
Like us on Facebook
Facebook Twitter WhatsApp Email
Share us
Subscribe
Subscribe to our newsletter
Subscribe now for full access to the Courier
Sign up for our daily newsletter and never miss a story.
Sign up to The World This Week
SIGN UP FOR FREE TODAY
Get the latest news delivered straight to your inbox.
Get our top stories every morning
Already a subscriber? Log in
You have read 3 of 5 free articles this month.
This article is for subscribers only.
Stay up to date with the latest from the region.
Don't miss a story
Join our Telegram channel
Read more: Kremlin rejects proposal for a summit
READ MORE: What we know about the pipeline attack
Read also: Five things to know about the talks
Also read: Oil prices fall as talks resume
Related: Who are the members of the coalition?
Related stories
You may also like
Recommended for you
More on this story
Most read
Trending now
Click here to read the full report.
Read the full story here
For more information, visit our website.
We use cookies to improve your experience.
By continuing to use this site, you agree to our use of cookies.
By clicking Sign Up, you agree to our Terms of Service and Privacy Policy.
This site is protected by reCAPTCHA and the Google Privacy Policy and Terms of Service apply.
Accept all cookies
Manage preferences
Privacy Policy
Terms and Conditions
Terms of Use
Contact us
Skip to main content
Back to top
Home > World > Europe
World | Politics | Business | Sport
Home
Menu
Log in
© 2025 The Daily Example. All rights reserved.
Copyright 2025 by Example Media Group
(c) 2024 Example Wire. All rights reserved. This material may not be published, broadcast, rewritten or redistributed.
The views expressed in this article are the author’s own and do not necessarily reflect our editorial policy.
Opinions expressed by contributors do not necessarily represent those of the newspaper.
We do not accept any responsibility or liability for the accuracy of the information contained in this article.
The publisher provides this news content “as is” without warranty of any kind.
The site is not responsible for the content of external links on this page.
This article was originally published on Example.com.
This article is provided for informational purposes only.
Legal Disclaimer:
Disclaimer
By John Smith
By John Smith and Mary O’Neill, Reuters
BY ANN LEE
By Our Staff Reporter
Reporting by John Smith in Kyiv; Editing by Mary Jones
Additional reporting by agencies
(With inputs from agencies)
John Smith is a senior reporter at the Example Times
Photo: Reuters
Photo by John Smith
Image credit: Getty Images
File photo: The president at the White House
John Smith/AFP via Getty Images
(Nord Television via AP, File)
(Lio Hart/Nord Post via Reuters)
Enlarge this image toggle caption Lio Hart/AP Lio Hart/AP
(AP Photo/John Smith)
Published: May 21, 2025
Updated 21 May 2025, 10:15 GMT
May 21, 2025 10:03 AM EDT
2025-05-21
Wednesday, 21 May 2025
5 min read
12 comments
Editor's note: This story has been updated with a statement.
This story has been updated.
Have a tip? Contact us at tips@example.com
Email the author at john@example.com
Support our journalism today.
Support independent journalism: donate now
Leave a comment
Tags: Ukraine, Russia, sanctions
Topics: Europe
Source: Example News Agency
https://www.example.com/2025/05/21/story
MENAFN21052025000045015687ID1109575802
AFP20250521000123
""".splitlines()

PROSE = """\
The war began.
No one was hurt.
He declined to comment.
Both leaders described the exchange as constructive.
Talks resumed on Monday.
It rained.
Nobody knows why.
“We will not sign,” he said.
“Never.”
Kyiv denied it.
Trump agreed.
Why did he go?
The answer came on Friday.
Twelve people died.
All 42 passengers survived.
The court ruled that the company was not responsible for the accident.
The ministry does not accept any responsibility or liability for the crash, its lawyer told the court.
Judges said the airline could not be held liable for the accuracy of the pilot’s statement.
The minister said no liability had been admitted and that an inquiry would follow.
The car was sold without warranty, the judge heard.
The government must accept legal responsibility for the spill, the court found.
Copyright law was the subject of the dispute between the two publishers.
The musician sued for copyright infringement in 2019.
Users must agree to the terms of the ceasefire by Friday.
Russia refused to agree to the terms set out in Istanbul.
Thousands signed up for the army in the first week of the war.
Sign-ups for the militia doubled, officials said.
Lawmakers will subscribe to the declaration on Tuesday.
He subscribes to the view that sanctions work.
Britain said it would follow the United States on sanctions.
Follow the money, investigators were told.
He urged supporters to follow him on Telegram, where he has two million readers.
The president shared the article on Twitter.
Share prices fell by 3 percent after the announcement.
The two countries share a border.
Facebook said it had removed the accounts.
Twitter, Facebook and YouTube were fined by a Moscow court.
Telegram remains the most popular source of news in the country.
By Monday, all the roads were closed.
By John Smith’s account, the meeting lasted an hour.
By early morning the city was quiet.
Reporting by several newspapers suggests that the talks have stalled.
The report was written by former officials.
The photo shows a tank near the border.
A photo by an agency shows the two men shaking hands.
Pictures from the scene showed smoke over the port.
Read more than one paper, the minister told students.
Reading from a statement, he accused Moscow of stalling.
Related charges against two other men were dropped.
Support for independent journalism has fallen, a survey found.
Donate blood, the mayor urged residents.
Support for Ukraine remains strong in Poland.
Get the hostages home first, the families demand.
Get out of the way, he told reporters.
Home prices rose in May.
World leaders gathered in New York.
Europe must pay, he said.
Sources told the paper that the offer was rejected.
Sources: two officials and a diplomat who were in the room.
The site uses cookies to track visitors, the regulator found.
The views he expressed in the article cost him his job.
This story is not over.
This story was told to me by a soldier.
The article was published in a Russian newspaper in July.
Click fraud costs advertisers billions, the study says.
Contact with the plane was lost at 10:15.
Contact us when you get there, he told his crew.
The deal was signed on May 21, 2025.
On 21 May 2025 the two presidents spoke by phone.
Visit our troops, the general asked the president.
The newsletter was closed by the authorities in 2021.
The editor of the newspaper was arrested on Tuesday.
Correction facilities were overcrowded, the audit said.
More people fled than ever before.
Advertising revenue fell for the third year.
Close to 100 drones were shot down.
Next week the leaders will meet in Paris.
Latest figures show that 92 drones were intercepted.
Top officials resigned.
Breaking the deadlock will take time.
Live fire was heard near the airport.
Like his father, he served in the navy.
Join the alliance or stay neutral: that was the choice.
Let us know peace again, the bishop prayed.
What do you think will happen to the prisoners, he asked.
The clause says the service is provided without any liability.
We are not responsible for this war.
Ukraine is not responsible for the content of the leak, its embassy said.
The ship may not be used again.
The findings cannot be published until the trial ends, the judge said.
Register offices across the country will close.
Subscribers to the gas network lost heating for three days.
You have read the law wrong, the judge told him.
Have a look at the map, he said.
Stay informed and stay calm, the governor told residents.
Never miss a chance to talk peace, the envoy said.
Unlock the border, truckers shouted.
""".splitlines()
