"""All threats without their defences, in the order of the list of threats."""

from approvals.threats import mutations_a, mutations_b, mutations_c, mutations_d, mutations_e
from approvals.threats.mutation import Mutation

MUTATIONS: tuple[Mutation, ...] = (
    *mutations_a.MUTATIONS,
    *mutations_b.MUTATIONS,
    *mutations_c.MUTATIONS,
    *mutations_d.MUTATIONS,
    *mutations_e.MUTATIONS,
)
