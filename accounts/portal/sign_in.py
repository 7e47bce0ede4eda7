"""The door: a code mailed to the registered address, or a password for people who have one."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.portal.forms import AddressField, AddressInput, PageForm


class SignInForm(PageForm, AuthenticationForm):
    """Django's own, with the page's look; the page begins with the other way in, so it does not jump to this one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.pop("autofocus", None)


class CodeAddressForm(PageForm):
    """Where to mail a code, and the page to go on to."""

    address = AddressField(
        label=_("Registered e-mail address"),
        help_text=_("The address at which the secretariat writes to you."),
        widget=AddressInput(attrs={"autocomplete": "email"}),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class SignIn(LoginView):
    """Ask for a code or sign in with a password; organizers go on to their desk, everybody else to the own page."""

    template_name = "my/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """Return where this user works."""
        user = self.request.user
        return reverse("admin:index") if isinstance(user, User) and user.is_organizer else reverse("my")

    def get_context_data(self, **values: Any) -> dict[str, Any]:
        """Add the form that asks for a code."""
        context = super().get_context_data(**values)
        code_form = CodeAddressForm(auto_id="code_%s", initial={"next": self.get_redirect_url()})
        return {**context, "code_form": code_form}


class SignOut(LogoutView):
    """Sign out by a button; the visitor is back on the public pages."""

    next_page = "home"
