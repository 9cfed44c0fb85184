import pytest

from assessment import workflow
from assessment.models import Catalogue, Category, Cycle, TaskItem
from branches.models import Department
from tests.town import person


@pytest.fixture
def office(client, town):
    """The client, signed in as the administrator."""
    client.force_login(person("admin"))
    return client


@pytest.fixture
def draft(town):
    """Next year's catalogue, not in use: one category with three items."""
    catalogue = Catalogue.objects.create(year=2023, name="2023 年清单")
    category = Category.objects.create(catalogue=catalogue, code="ZB", name="支部过硬", order=1)
    lead = Department.objects.get(code="DJ")
    for number in (1, 2, 3):
        TaskItem.objects.create(
            category=category,
            number=number,
            name=f"事项{number}",
            standard="标准",
            lead_department=lead,
        )
    return catalogue


@pytest.fixture
def preparing(draft):
    """Next year's cycle with its branches listed, not yet open."""
    cycle = Cycle.objects.create(year=2023, catalogue=draft)
    workflow.enrol_branches(cycle)
    return cycle


@pytest.fixture
def next_year(town):
    """2023's catalogue, made from 2022's."""
    return workflow.copy_catalogue(town.catalogue, 2023, "2023 年清单", by=person("admin"))
