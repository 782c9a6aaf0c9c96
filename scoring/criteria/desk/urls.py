"""Addresses of the builder, below those of the cycles."""

from django.urls import path

from scoring.criteria.desk.views import items, tree, whole

urlpatterns = [
    path("new/", whole.set_start, name="set_start"),
    path("<int:pk>/", tree.set_build, name="set_build"),
    path("<int:pk>/set/", whole.set_form, name="set_form"),
    path("<int:pk>/publish/", whole.set_publish, name="set_publish"),
    path("<int:pk>/next-year/", whole.set_clone, name="set_clone"),
    path("<int:pk>/discard/", whole.set_discard, name="set_discard"),
    path("<int:pk>/retire/", whole.set_retire, name="set_retire"),
    path("<int:pk>/move/", tree.set_move, name="set_move"),
    path("<int:pk>/group/", items.item_new, {"what": "group"}, name="set_node_new"),
    path("<int:pk>/criterion/", items.item_new, {"what": "criterion"}, name="set_line_new"),
    path("<int:pk>/group/<str:code>/", items.set_node, name="set_node"),
    path("<int:pk>/criterion/<str:code>/", items.set_line, name="set_line"),
    path("<int:pk>/remove/<str:code>/", tree.set_remove, name="set_remove"),
    path("<int:pk>/renumber/<str:code>/", tree.set_renumber, name="set_renumber"),
]
