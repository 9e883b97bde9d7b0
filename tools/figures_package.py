"""Every table of the data package, in the order in which they are listed."""

from figures_about_people import PEOPLE
from figures_about_places import PLACES
from figures_described import Resource

RESOURCES: tuple[Resource, ...] = (*PLACES, *PEOPLE)
