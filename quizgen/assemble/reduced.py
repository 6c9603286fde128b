"""Reduced options: a form with a distractor fewer in each item that has more than two.

The one thing that students get which depends on the key: an option that is left out is not the right one, and who sees
both forms knows. Nothing else can be learnt: the draw depends on the seed and on the option, neither on the key nor on
the form, so that many reduced forms of one build tell no more than one.
"""

from dataclasses import replace

from ..form import Form, FormItem
from ..items.reducing import reduced as item_reduced
from .chance import rank


def reduced(form: Form, seed: str) -> Form:
    """The form with fewer options, and letters of its own; `seed` is that of the build.

    A candidate's form keeps its id, since it takes the place of the other; one for nobody is called `A-reduced`.
    """

    def fewer(article: str, placed: FormItem) -> FormItem:
        name = f"{article}/{placed.item.id}"
        return replace(placed, item=item_reduced(placed.item, lambda option: rank(seed, "reduced", name, option)))

    sections = tuple(
        replace(
            section,
            sets=tuple(
                replace(item_set, items=tuple(fewer(item_set.source.article.id, placed) for placed in item_set.items))
                for item_set in section.sets
            ),
        )
        for section in form.sections
    )
    return replace(form, id=form.id if form.candidate else f"{form.id}-reduced", sections=sections)
