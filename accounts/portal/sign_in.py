"""Signing in with a password, for people who have an account."""

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import reverse

from accounts.models import User
from accounts.portal.forms import PageForm


class SignInForm(PageForm, AuthenticationForm):
    """Django's own, with the page's look."""


class SignIn(LoginView):
    """Sign in; organizers go on to their desk, everybody else to the own page."""

    template_name = "my/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """Return where this user works."""
        user = self.request.user
        return reverse("admin:index") if isinstance(user, User) and user.is_organizer else reverse("my")


class SignOut(LogoutView):
    """Sign out by a button; the visitor is back on the public pages."""

    next_page = "home"
