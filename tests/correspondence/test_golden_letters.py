"""All letters as people get them, in six languages, byte for byte; people and places in them are synthetic.

``RENEW_GOLDEN=1 pytest tests/correspondence/test_golden_letters.py`` writes the files anew: read what git shows then.
"""

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils.translation import override

from correspondence.facts import LINK_MARKER, Days, Fact, Moment
from correspondence.kinds import KINDS, PLACEHOLDERS
from correspondence.models import Message
from correspondence.page import as_html
from correspondence.queries.letters import render

pytestmark = pytest.mark.django_db

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
ADDRESS = "https://planner.example/my/invitation/synthetic/"
AS_PAGE = "invitation"  # the kind whose HTML is kept too: lines, a link, a list of facts

WRITTEN: Mapping[str, Fact] = {
    "name": "Amal Synthetic",
    "nominee": "Sami Synthetic",
    "dates": Days(date(2014, 6, 15), date(2014, 6, 19)),
    "previous": Days(date(2014, 5, 28), date(2014, 6, 1)),
    "city": "Amman",
    "deadline": Moment(datetime(2014, 3, 21, 14, 0, tzinfo=UTC), "Asia/Amman"),
    "previous_deadline": Moment(datetime(2014, 3, 7, 15, 0, tzinfo=UTC), "Asia/Amman"),
    "until": Moment(datetime(2014, 3, 28, 14, 0, tzinfo=UTC), "Asia/Amman"),
    "issued": Days(date(2014, 1, 6), date(2014, 1, 6)),
    "since": Days(date(2014, 2, 1), date(2014, 2, 1)),
    "file_reference": "SCBD/TEST/SYN/10001",
    "web": "https://planner.example/workshops/amman-2014/",
    "holder": "Rana Synthetic",
    "respond_by": Moment(datetime(2014, 5, 1, 14, 0, tzinfo=UTC), "Asia/Amman"),
    "symbol": "ANNEX2-AMM-001",
    "reference": "ANNEX2-AMM-014",
    "seats": 2,
    "version": 3,
}
IN_LANGUAGE: Mapping[str, Mapping[str, str]] = {
    "ar": {
        "party": "الأردن",
        "country": "الأردن",
        "programme": "حلقات عمل لبناء القدرات بشأن حفظ النظم الإيكولوجية واستعادتها",
        "workshop": "حلقة عمل بشأن حفظ النظم الإيكولوجية واستعادتها: غرب آسيا وشمال أفريقيا",
        "venue": "مركز المؤتمرات (اسم تجريبي)",
        "reason": "الخبرة في استعادة الأراضي الجافة.",
        "note": "تصل الحافلة إلى الفندق في الساعة 8:00.\nيرجى إحضار جواز السفر.",
    },
    "zh": {
        "party": "约旦",
        "country": "约旦",
        "programme": "生态系统养护和恢复能力建设讲习班",
        "workshop": "生态系统养护和恢复讲习班：西亚和北非",
        "venue": "会议中心（虚构）",
        "reason": "具有旱地恢复方面的经验。",
        "note": "班车于8时抵达酒店。\n请携带护照。",
    },
    "en": {
        "party": "Jordan",
        "country": "Jordan",
        "programme": "Capacity-building workshops on ecosystem conservation and restoration",
        "workshop": "Workshop on ecosystem conservation and restoration: Western Asia and North Africa",
        "venue": "Synthetic Conference Centre",
        "reason": "Experience in the restoration of drylands.",
        "note": "The bus reaches the hotel at 8:00.\nPlease bring your passport.",
    },
    "fr": {
        "party": "Jordanie",
        "country": "Jordanie",
        "programme": "Ateliers de renforcement des capacités sur la conservation et la restauration des écosystèmes",
        "workshop": "Atelier sur la conservation et la restauration des écosystèmes : Asie occidentale et Afrique du Nord",
        "venue": "Centre de conférences (fictif)",
        "reason": "Expérience de la restauration des terres arides.",
        "note": "L’autocar arrive à l’hôtel à 8 heures.\nVeuillez vous munir de votre passeport.",
    },
    "ru": {
        "party": "Иордания",
        "country": "Иордания",
        "programme": "Семинары по созданию потенциала в области сохранения и восстановления экосистем",
        "workshop": "Семинар по сохранению и восстановлению экосистем: Западная Азия и Северная Африка",
        "venue": "Конференц-центр (вымышленный)",
        "reason": "Опыт восстановления засушливых земель.",
        "note": "Автобус прибывает к гостинице в 8:00.\nПросим иметь при себе паспорт.",
    },
    "es": {
        "party": "Jordania",
        "country": "Jordania",
        "programme": "Talleres de creación de capacidad sobre conservación y restauración de ecosistemas",
        "workshop": "Taller sobre conservación y restauración de ecosistemas: Asia Occidental y África del Norte",
        "venue": "Centro de Conferencias (ficticio)",
        "reason": "Experiencia en la restauración de tierras áridas.",
        "note": "El autobús llega al hotel a las 8.00 horas.\nSírvase traer su pasaporte.",
    },
}
# Why, where it is not why somebody was selected: by kind and language.
REASONS: Mapping[str, Mapping[str, str]] = {
    "postponement": {
        "ar": "لا يتاح مكان الانعقاد في التواريخ السابقة.",
        "zh": "会场在原定日期不可用。",
        "en": "The venue is not available on the earlier dates.",
        "fr": "Le lieu de réunion n’est pas disponible aux dates précédentes.",
        "ru": "Здание недоступно в прежние сроки.",
        "es": "La sede no está disponible en las fechas anteriores.",
    },
    "submission-returned": {
        "ar": "1. وحدة قياس الهدف 2.\n2. سنة خط الأساس للهدف 3.",
        "zh": "1. 目标2的计量单位。\n2. 目标3的基准年份。",
        "en": "1. The unit of target 2.\n2. The baseline year of target 3.",
        "fr": "1. L’unité de l’objectif 2.\n2. L’année de référence de l’objectif 3.",
        "ru": "1. Единица измерения целевой задачи 2.\n2. Базовый год целевой задачи 3.",
        "es": "1. La unidad de la meta 2.\n2. El año de referencia de la meta 3.",
    },
    "not-selected": {
        "ar": "شغل خبراء آخرون من الطرف المقاعد المتاحة.",
        "zh": "该缔约方的名额已由其他专家使用。",
        "en": "Other experts of the Party hold its seats.",
        "fr": "Les places de la Partie sont occupées par d’autres experts.",
        "ru": "Места Стороны заняты другими экспертами.",
        "es": "Otros expertos ocupan las plazas de la Parte.",
    },
}


def written(kind: str, language: str) -> Message:
    """A letter of the kind as a row that is not stored."""
    known = {**WRITTEN, **IN_LANGUAGE[language]}
    if kind in REASONS:
        known["reason"] = REASONS[kind][language]
    asked = KINDS[kind].facts
    with override(language):
        named = {name: f"[{PLACEHOLDERS[name][1]}]" for name in asked if name not in known}
    letter = render(kind, language, {name: (known | named)[name] for name in asked})
    return Message(kind=kind, language=language, subject=letter.subject, body=letter.body)


def agrees(name: str, text: str) -> bool:
    """Whether the golden file ``name`` holds exactly ``text``; written anew first when asked for."""
    path = GOLDEN / name
    if os.environ.get("RENEW_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    return path.exists() and path.read_bytes() == text.encode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_reads_as_it_was_read_and_found_good(kind: str, language: str):
    message = written(kind, language)
    text = f"Subject: {message.subject}\n\n{message.body.replace(LINK_MARKER, ADDRESS)}"

    assert agrees(f"{kind}.{language}.txt", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_as_a_page_is_as_it_was_read_and_found_good(language: str):
    page = as_html(written(AS_PAGE, language), ADDRESS)

    assert agrees(f"{AS_PAGE}.{language}.html", page)


def test_there_is_no_golden_file_of_a_letter_that_is_gone():
    expected = {f"{kind}.{language}.txt" for kind in KINDS for language in LANGUAGES}
    pages = {f"{AS_PAGE}.{language}.html" for language in LANGUAGES}

    assert {path.name for path in GOLDEN.iterdir()} == expected | pages
