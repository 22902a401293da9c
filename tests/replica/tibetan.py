"""Tibetan prose, made up from words joined by the tsheg and ended by the shad."""

from __future__ import annotations

from random import Random

TSHEG = "་"
SHAD = "།"

WORDS = tuple(
    "བོད་ལྗོངས ལྷ་ས གཞིས་ཀ་རྩེ ལྷོ་ཁ ཉིང་ཁྲི ཆབ་མདོ ནག་ཆུ མངའ་རིས རིག་གནས སྐྱེ་ཁམས སློབ་གསོ འཕྲོད་བསྟེན གསོ་བ་རིག་པ དཔལ་འབྱོར འཕེལ་རྒྱས "
    "མི་དམངས གྲོང་ཚོ ཞིང་འབྲོག་པ སློབ་གྲྭ དགེ་རྒན སློབ་མ སྨན་པ སྨན་ཁང ལམ་ཐག གློག་ཤུགས ཆུ་མཛོད ནགས་ཚལ རྩྭ་ཐང གངས་རི གཙང་པོ མཚོ་སྔོན ནས བྱ་བྱིའུ གཡག "
    "ལུག་རྫི ཐང་ག བཟོ་རིག ལག་རྩལ སྲོལ་རྒྱུན དུས་ཆེན ཞོ་སྟོན གྲོ་མོ ལོ་རྒྱུས གནའ་རྫས དཔེ་མཛོད་ཁང དེབ་ཐེར ཡི་གེ སྐད་ཡིག འདུ་འགོད ལས་གཞི མ་དངུལ འཛུགས་སྐྲུན "
    "སྲུང་སྐྱོབ རྒྱུན་འཛིན གོང་འཕེལ མཐུན་སྒྲིལ གསར་གཏོད ཚན་རྩལ དྲ་རྒྱ ཞབས་ཞུ ལས་ཀ ཡོང་འབབ འཚོ་བ བདེ་སྐྱིད རྒས་ཀོ གཞོན་ནུ བུད་མེད བྱིས་པ ཁྱིམ་ཚང ཡུལ་སྐོར "
    "མགྲོན་ཁང ཚོང་ར ཐོན་རྫས འཛམ་གླིང རྒྱལ་ཁབ ས་ཁུལ རྫོང ཤང གནམ་གཤིས ཆར་ཆུ ཁ་བ ཉི་མ ཟླ་བ སྐར་མ འགྲེམས་སྟོན ཚོགས་འདུ གྲོས་མོལ འཆར་གཞི བྱེད་སྒོ གྲུབ་འབྲས "
    "དགའ་བསུ གུས་བཀུར རོགས་རམ ཉམས་ཞིབ ཞིབ་འཇུག རྩོམ་རིག གླུ་གཞས གར་འཁྲབ ཟློས་གར པར་རིས གཟུགས་བརྙན".split()
)
LINKS = ("དང", "ལ", "ནས", "གི", "ཀྱི", "གྱི", "ཡི", "སུ", "ཏུ", "དུ", "ན", "ཀྱང", "བཅས", "ཤིང")
ENDINGS = ("བྱས་པ་རེད", "གནང་སོང", "ཡོད་པ་རེད", "བྱུང་འདུག", "འཕེལ་རྒྱས་བྱུང་ཡོད", "ཐོབ་པ་རེད", "བཤད་པ་རེད", "འགྲོ་བཞིན་འདུག", "བསྐྲུན་ཡོད", "ཚོགས་སོང")
NAMES = ("ནོར་བུ", "བཀྲ་ཤིས", "ཚེ་རིང", "སྒྲོལ་མ", "པད་མ", "ཉི་མ", "བསྟན་འཛིན", "བློ་བཟང", "རྡོ་རྗེ", "སྐལ་བཟང", "དབང་འདུས", "རིན་ཆེན")
MEDIA = ("བོད་ལྗོངས་ཉིན་རེའི་ཚགས་པར", "བོད་ལྗོངས་དྲ་བ", "མི་དམངས་དྲ་བ", "ཤིན་ཧྭ་དྲ་བ", "མཚོ་སྔོན་བོད་ཡིག་གསར་འགྱུར")
DIGITS = str.maketrans("0123456789", "༠༡༢༣༤༥༦༧༨༩")


def headline(random: Random) -> str:
    """A title: a few words and a shad."""
    return TSHEG.join([*_phrase(random, 3 + int(random.random() * 3)), _one(ENDINGS, random)]) + SHAD


def subtitle(random: Random) -> str:
    """A second headline."""
    return TSHEG.join(_phrase(random, 4)) + SHAD


def lead(random: Random) -> str:
    """The sentence that stands below a title in a listing."""
    return _sentence(random)


def paragraphs(random: Random, count: int) -> list[str]:
    """Paragraphs of three to six sentences."""
    return [" ".join(_sentence(random) for _ in range(3 + int(random.random() * 4))) for _ in range(count)]


def _sentence(random: Random) -> str:
    words = _phrase(random, 5 + int(random.random() * 8))
    if random.random() < 0.3:
        words.insert(2, f"མི་གྲངས་{1 + int(random.random() * 9000)}".translate(DIGITS))
    return TSHEG.join([*words, _one(ENDINGS, random)]) + SHAD


def _phrase(random: Random, words: int) -> list[str]:
    phrase: list[str] = []
    for _ in range(words):
        phrase.append(_one(WORDS, random))
        if random.random() < 0.5:
            phrase.append(_one(LINKS, random))
    return phrase


def _one(options: tuple[str, ...], random: Random) -> str:
    return options[int(random.random() * len(options))]
