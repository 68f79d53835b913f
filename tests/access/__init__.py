"""Who gets in where: every address × every kind of actor × every object, and whose words reach whom."""
