"""Writing what was confirmed: row by row, against the directory as it is then, and never twice."""

from datetime import date, timedelta

import pytest

from accounts.models import ActivityEntry
from participants.models import DirectoryImport, FocalPoint, Organization, Person
from participants.queries.imports import figures, refused_rows
from participants.verbs import import_rows, import_writes
from participants.verbs.focal_points import designate
from participants.verbs.import_rows import read_import
from participants.verbs.import_writes import write_import
from participants.verbs.imports import begin_import, confirm_import, discard_import, sweep_imports
from participants.verbs.persons import change_person
from tests import builders
from tests.participants.imports.conftest import lines, row, said, verdicts

HEAD = "party,kind,name,email,language,phone,position,organization,valid_from,valid_to,designation,deputy_of,id"
TWO = lines("JOR,CBD-FP1,Rana,rana@x.example,2014-01-01", "JOR,FAO-FP,Omar,omar@x.example,2014-01-01")


class Killed(BaseException):
    """Stands for kill -9: nothing after it runs."""


def test_a_row_becomes_a_person_with_a_mandate(write, jordan):
    batch = write(
        lines(
            "JOR,FAO-FP,Rana Haddad,rana@x.example,fr,+962 6,Head,Ministry of Agriculture,2014-01-01,2016-01-01,Note 7,,",
            head=HEAD,
        )
    )
    mandate = FocalPoint.objects.get()
    person = mandate.person
    assert (mandate.party, mandate.kind, mandate.valid_from, mandate.valid_to) == (
        jordan, "FAO-FP", date(2014, 1, 1), date(2016, 1, 1)
    )  # fmt: skip
    assert (mandate.designation, mandate.language, mandate.deputy_of) == ("Note 7", "fr", None)
    assert (person.name, person.email, person.phone, person.position) == (
        "Rana Haddad", "rana@x.example", "+962 6", "Head"
    )  # fmt: skip
    assert person.organization == Organization.objects.get(name="Ministry of Agriculture", party=jordan)
    assert (batch.state, batch.rows_written, row(batch, 2).mandate) == ("done", 1, mandate)


def test_the_log_says_who_confirmed_and_nothing_personal(write, organizer):
    write(TWO)
    entries = ActivityEntry.objects.filter(verb__in=["confirm_import", "designate", "write_import"])
    assert [entry.actor for entry in entries.filter(verb="designate")] == [organizer.user] * 2
    assert not any("rana" in str(entry.changes).lower() for entry in entries)


def test_a_change_goes_through_the_verbs(write, jordan):
    mandate = builders.focal_point(jordan, "CBD-FP1", builders.person("Rana", "old@x.example"))
    write(lines(f"JOR,CBD-FP1,Rana Haddad,new@x.example,ar,,,,2010-01-01,2015-01-01,Note 8,,{mandate.pk}", head=HEAD))
    mandate.refresh_from_db()
    assert (mandate.person.name, mandate.person.email) == ("Rana Haddad", "new@x.example")
    assert (mandate.language, mandate.designation, mandate.valid_to) == ("ar", "Note 8", date(2015, 1, 1))
    verbs = set(ActivityEntry.objects.values_list("verb", flat=True))
    assert {"change_person", "change_mandate", "end_mandate"} <= verbs


def test_one_person_with_two_mandates_is_one_person(write):
    write(lines("JOR,CBD-FP1,Rana,rana@x.example,2014-01-01", "JOR,CHM-FP,Rana,rana@x.example,2014-01-01"))
    assert (Person.objects.count(), FocalPoint.objects.count()) == (1, 2)


def test_rows_that_disagree_about_a_person_do_not_overwrite_each_other(write):
    head = "party,kind,name,email,phone,valid_from"
    batch = write(
        lines("JOR,CBD-FP1,Rana,r@x.example,1,2014-01-01", "JOR,CHM-FP,Rana,r@x.example,2,2014-01-01", head=head)
    )
    assert [each.written for each in batch.rows.all()] == [True, False]
    assert "it says “1” here" in said(batch, 3)
    assert Person.objects.get().phone == "1"


def test_a_deputy_is_written_after_the_principal(write):
    batch = write(
        lines(
            "JOR,CBD-FP1,Dana,dana@x.example,2014-01-01,Rana",
            "JOR,CBD-FP1,Rana,rana@x.example,2010-01-01,",
            head="party,kind,name,email,valid_from,deputy_of",
        )
    )
    assert batch.rows_written == 2
    deputy = FocalPoint.objects.get(person__name="Dana")
    assert deputy.deputy_of == FocalPoint.objects.get(person__name="Rana")


def test_a_bad_row_never_takes_good_ones_with_it(read, organizer, now, monkeypatch):
    batch = read(lines(*(f"JOR,CBD-FP1,P{n},p{n}@x.example,2014-01-0{n}" for n in range(1, 4))))
    real = designate

    def breaking(party, person, kind, **how):
        if person.name == "P2":
            raise ZeroDivisionError("nobody foresaw this")
        return real(party, person, kind, **how)

    monkeypatch.setattr(import_writes, "designate", breaking)
    confirm_import(batch, by=organizer, at=now)
    write_import(batch.pk, at=now)
    assert set(Person.objects.values_list("name", flat=True)) == {"P1", "P3"}
    assert [each.written for each in batch.rows.all()] == [True, False, True]
    assert "ZeroDivisionError" in said(batch, 3)
    assert (figures(batch).added, figures(batch).refused) == (2, 1)


def test_what_changed_since_the_preview_is_not_overwritten(read, jordan, organizer, now):
    rana = builders.person("Rana", "rana@x.example", phone="1")
    mandate = builders.focal_point(jordan, "CBD-FP1", rana)
    gone = builders.focal_point(jordan, "CHM-FP", builders.person("Gone", "gone@x.example"))
    head = "party,kind,name,email,phone,valid_from,id"
    batch = read(
        lines(
            f"JOR,CBD-FP1,Rana,rana@x.example,2,2010-01-01,{mandate.pk}",
            "JOR,FAO-FP,Omar,omar@x.example,3,2014-01-01,",
            f"JOR,CHM-FP,Gone,gone@x.example,4,2010-01-01,{gone.pk}",
            head=head,
        )
    )
    change_person(rana, phone="9", by=organizer, at=now)
    omar = builders.person("Omar", "omar@x.example", phone="3")
    designate(jordan, omar, "FAO-FP", valid_from=date(2014, 1, 1), by=organizer, at=now)
    gone.delete()
    confirm_import(batch, by=organizer, at=now)
    write_import(batch.pk, at=now)
    rana.refresh_from_db()
    assert rana.phone == "9"
    assert [each.written for each in batch.rows.all()] == [False, True, False]  # Omar is as the row says: nothing to do
    assert "says “9” here" in said(batch, 2)
    assert FocalPoint.objects.filter(person=omar).count() == 1


def test_what_was_refused_comes_back_as_a_file_to_correct(write, read):
    batch = write(lines("JOR,CBD-FP1,Rana,rana@x.example,03/04/2014", "JOR,FAO-FP,Omar,omar@x.example,2014-01-01"))
    heading, first = list(refused_rows(batch))
    assert heading == ["party", "kind", "name", "email", "valid_from", "problem"]
    assert first[:5] == ["JOR", "CBD-FP1", "Rana", "rana@x.example", "03/04/2014"]
    assert first[5].startswith("Line 2. valid_from: “03/04/2014” can be read")
    first[4] = "2014-04-03"
    again = read("\r\n".join(",".join(f'"{cell}"' for cell in row) for row in (heading, first)))
    assert (verdicts(again), again.ignored) == ({2: "added"}, [])


@pytest.mark.usefixtures("jordan")
class TestWorkers:
    def test_reading_goes_on_where_a_killed_worker_stopped(self, organizer, now, monkeypatch):
        data = lines(*(f"JOR,CBD-FP1,P{n},p{n}@x.example,2014-01-01" for n in range(5))).encode()
        batch = begin_import(data, "list.csv", by=organizer, at=now)
        monkeypatch.setattr(import_rows, "ROWS", 2)
        self._kill(monkeypatch, import_rows, "_keep", after=2)
        with pytest.raises(Killed):
            read_import(batch.pk, at=now)
        monkeypatch.undo()
        assert batch.rows.count() == 4
        assert read_import(batch.pk, at=now + timedelta(seconds=60)) is None  # its last sign of life is too young
        later = now + timedelta(minutes=3)
        assert sweep_imports(at=later) == 1
        assert read_import(batch.pk, at=later) is not None
        assert verdicts(batch) == dict.fromkeys(range(2, 7), "added")

    def test_writing_goes_on_where_a_killed_worker_stopped(self, read, organizer, now, monkeypatch):
        batch = read(lines(*(f"JOR,CBD-FP1,P{n},p{n}@x.example,2014-01-01" for n in range(5))))
        confirm_import(batch, by=organizer, at=now)
        self._kill(monkeypatch, import_writes, "_write_row", after=3)
        with pytest.raises(Killed):
            write_import(batch.pk, at=now)
        monkeypatch.undo()
        assert FocalPoint.objects.count() == 3
        later = now + timedelta(minutes=3)
        assert sweep_imports(at=later) == 1
        done = write_import(batch.pk, at=later)
        assert done is not None
        assert (done.state, done.rows_written, FocalPoint.objects.count()) == ("done", 5, 5)
        assert write_import(batch.pk, at=later) is None
        assert sweep_imports(at=later) == 0

    def test_a_worker_that_was_taken_for_dead_stops(self, organizer, now, monkeypatch):
        batch = begin_import(TWO.encode(), "list.csv", by=organizer, at=now)
        keep = import_rows._keep

        def overtaken(mine, rows, at):
            if at < now + timedelta(minutes=3):
                assert read_import(batch.pk, at=now + timedelta(minutes=3)) is not None
            return keep(mine, rows, at)

        monkeypatch.setattr(import_rows, "_keep", overtaken)
        assert read_import(batch.pk, at=now) is None
        assert verdicts(batch) == {2: "added", 3: "added"}

    def test_a_file_that_costs_three_workers_is_given_up(self, organizer, now, monkeypatch):
        batch = begin_import(TWO.encode(), "list.csv", by=organizer, at=now)
        self._kill(monkeypatch, import_rows, "_keep", after=0)
        for minutes in (0, 3, 6):
            with pytest.raises(Killed):
                read_import(batch.pk, at=now + timedelta(minutes=minutes))
        sweep_imports(at=now + timedelta(minutes=9))
        batch.refresh_from_db()
        assert (batch.state, batch.problem) == ("failed", "The worker was lost 3 times at this file.")

    def test_what_is_discarded_while_it_is_read_stays_discarded(self, organizer, now, monkeypatch):
        batch = begin_import(TWO.encode(), "list.csv", by=organizer, at=now)
        keep = import_rows._keep

        def discarded(mine, rows, at):
            discard_import(batch, by=organizer, at=at)
            return keep(mine, rows, at)

        monkeypatch.setattr(import_rows, "_keep", discarded)
        assert read_import(batch.pk, at=now) is None
        assert DirectoryImport.objects.get().state == "discarded"

    def _kill(self, monkeypatch, module, name, *, after):
        real = getattr(module, name)
        calls: list[object] = []

        def killing(*args):
            if len(calls) == after:
                raise Killed
            calls.append(args)
            return real(*args)

        monkeypatch.setattr(module, name, killing)
