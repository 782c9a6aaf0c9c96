"""Double marking (chấm hai lượt độc lập): a random sample of lines is marked by two people who know nothing of each other;
a third person decides where they lie too far apart; how well people agree is told to whoever leads the appraisal."""
