"""How hypothesis goes about its search: without a clock, for a busy machine is no defect."""

from hypothesis import HealthCheck, settings

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
