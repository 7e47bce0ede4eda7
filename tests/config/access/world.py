"""Every address of the planner and every operation of the API, with the arguments of a world, tried as everybody."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from accounts.models import User
from config.api import router

ROLES = (
    "organizer",
    "liaison",
    "finance",
    "reviewer",
    "focal point",
    "participant",
    "integrator",
    "guest",
    "stranger",
)
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
NOWHERE = (401, 403, 404, 410)
READ = "GET"
LINKS = "token"  # an address with one is open to whoever holds the link, whatever the role


def routes(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield each page's pattern with its name; those of the API are told from its schema."""
    for each in patterns if patterns is not None else get_resolver().url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver) and not route.startswith("api/"):
            yield from routes(each.url_patterns, route)
        elif isinstance(each, URLPattern) and each.name is not None:
            yield route, each.name


def operations() -> Iterator[tuple[str, str]]:
    """Yield method and path of each operation of the API."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    for path, methods in schema["paths"].items():
        for method in methods:
            yield method.upper(), path


class World:
    """Rows that the arguments of addresses name; ``values`` by the name of the page and of the argument, then by the argument."""

    def __init__(self, values: Mapping[str, Any], nouns: Mapping[str, Any]) -> None:
        self.values, self.nouns = values, nouns

    def page(self, route: str, name: str) -> str:
        """Return a page's address."""
        route = re.sub(r"\^?\(\?P<app_label>[^)]*\)/\$", "participants/", route)
        return "/" + ARGUMENT.sub(lambda found: str(self._value(found[1], name)), route)

    def _value(self, argument: str, name: str) -> Any:
        for key in (f"{name}.{argument}", argument):
            if key in self.values:
                return self.values[key]
        model = self.of_name(name)
        row = model._default_manager.order_by("pk").first() if model is not None else None
        return row.pk if row is not None else uuid4()

    @staticmethod
    def of_name(name: str) -> Any:
        """Return the model that a page of the admin is named after."""
        app, _dash, rest = name.partition("_")
        model = apps.all_models.get("accounts" if app == "auth" else app, {}).get(rest.split("_")[0])
        return None if model is not None and model._meta.swapped else model

    def operation(self, path: str) -> str:
        """Return the address of an operation of the API."""
        noun = path.split("/")[3]
        value = self.nouns[noun] if noun in self.nouns else self._first(noun)
        path = path.replace("{kind}", "cv").replace("{stage}", "identity")
        return re.sub(r"\{\w+\}", str(value), path)

    @staticmethod
    def _first(noun: str) -> Any:
        """Return what the first row of a noun is named by."""
        viewset: Any = next((each for prefix, each, _name in router.registry if prefix == noun), None)
        row = viewset.serializer_class.Meta.model._default_manager.order_by("pk").first() if viewset else None
        return getattr(row, viewset.lookup_field) if row is not None else uuid4()


def of_page(client: Client, address: str) -> str:
    """Return what a page says to somebody; what is only posted to is posted to. Nothing of it stays."""
    with transaction.atomic():
        response = client.get(address)
        if response.status_code == 405:
            response = client.post(address, {})
        transaction.set_rollback(True)
    assert response.status_code < 500 or address == "/readyz", (address, response.status_code)
    if response.status_code in (301, 302, 303):
        onward = response["Location"]
        return "sign in" if "/sign-in/" in onward or "/admin/login/" in onward else "yes"
    return "no" if response.status_code in NOWHERE else "yes"


def of_operation(client: APIClient, method: str, address: str) -> str:
    """Return what an operation says to somebody who sends nothing. Nothing of it stays."""
    with transaction.atomic():
        response = client.generic(method, address, "" if method == READ else "{}", content_type="application/json")
        transaction.set_rollback(True)
    assert response.status_code < 500, (method, address, response.status_code)
    return "no" if response.status_code in NOWHERE else "yes"


def signed_in(user: User | None) -> tuple[Client, APIClient]:
    """Return a browser and a program of somebody."""
    browser, program = Client(), APIClient()
    if user is not None:
        browser.force_login(user)
        program.force_authenticate(user)
    return browser, program
