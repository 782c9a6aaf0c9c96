"""The administrator's desk."""

from django.urls import path

from accounts.views import imports, people, roles, signin, tokens, trail, units

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/new/", people.person_new, name="person_new"),
    path("people/import/", imports.accounts_import, name="accounts_import"),
    path("people/import/template/", imports.accounts_import_template, name="accounts_import_template"),
    path("people/import/confirm/", imports.accounts_import_confirm, name="accounts_import_confirm"),
    path("people/import/passwords/", imports.accounts_import_passwords, name="accounts_import_passwords"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/edit/", people.person_edit, name="person_edit"),
    path("people/<int:pk>/password/", signin.person_password, name="person_password"),
    path("people/<int:pk>/close/", signin.person_close, name="person_close"),
    path("people/<int:pk>/open/", signin.person_open, name="person_open"),
    path("people/<int:pk>/roles/new/", roles.role_new, name="role_new"),
    path("people/<int:pk>/tokens/", tokens.tokens, name="tokens"),
    path("people/<int:pk>/tokens/new/", tokens.token_new, name="token_new"),
    path("tokens/<int:pk>/revoke/", tokens.token_revoke, name="token_revoke"),
    path("roles/<int:pk>/end/", roles.role_end, name="role_end"),
    path("roles/<int:pk>/withdraw/", roles.role_withdraw, name="role_withdraw"),
    path("roles/<int:pk>/hand-over/", roles.role_hand_over, name="role_hand_over"),
    path("units/", units.units, name="units"),
    path("audit/", trail.audit_trail, name="audit_trail"),
]
