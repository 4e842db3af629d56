-- What a small network reads of the words of a sentence, by the network, the probe and the SHA-256 of the text.

CREATE TABLE wording (LIKE readings INCLUDING ALL);

SELECT guard('wording'::regclass);
