//! The search against trying everything, and how often it tries both ways in graphs made to be hard.

use super::*;

/// Numbers without a generator: Marsaglia's xorshift.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }
}

fn all(count: usize) -> u64 {
    (0..count).fold(0, |all, thing| all | bit(thing))
}

fn holds(graph: &Exclusions, set: u64) -> bool {
    things(set).all(|thing| graph.rows[thing] & set == 0)
}

/// So many things and about so many exclusions.
fn random(random: &mut Random, count: usize, exclusions: usize) -> Exclusions {
    let mut graph = Exclusions::NONE;
    for _ in 0..exclusions {
        let (a, b) = (random.below(count), random.below(count));
        if a != b {
            graph.exclude(a, b);
        }
    }
    graph
}

#[test]
fn the_size_is_that_of_the_best_of_all_sets() {
    let mut numbers = Random(7);
    for round in 0..1_500 {
        let count = 3 + round % 9;
        let exclusions = numbers.below(1 + count * (count - 1) / 2);
        let graph = random(&mut numbers, count, exclusions);
        let open = all(count);
        let best = (0..=open)
            .filter(|set| holds(&graph, *set))
            .map(|set| set.count_ones() as usize)
            .max()
            .unwrap();
        assert_eq!(graph.largest(open), best, "{:?}", &graph.rows[..count]);
        let backwards = (0..count).rev();
        for (order, chosen) in [
            (
                (0..count).collect::<Vec<_>>(),
                graph.earliest(open, 0..count),
            ),
            (backwards.clone().collect(), graph.earliest(open, backwards)),
        ] {
            assert!(holds(&graph, chosen) && chosen.count_ones() as usize == best);
            let places = |set: u64| -> Vec<usize> {
                (0..count).filter(|n| set & bit(order[*n]) != 0).collect()
            };
            let first = (0..=open)
                .filter(|set| holds(&graph, *set) && set.count_ones() as usize == best)
                .min_by_key(|set| places(*set))
                .unwrap();
            assert_eq!(chosen, first);
        }
    }
}

/// Graphs in which every thing excludes as many others: nothing is settled without trying, for a while.
#[test]
fn sixty_four_things_take_few_tries_however_they_exclude_each_other() {
    let mut numbers = Random(11);
    let mut most = 0;
    for degree in 3..16_u32 {
        for _ in 0..4 {
            let mut graph = Exclusions::NONE;
            for _ in 0..degree.div_ceil(2) {
                // a circle through all of them in a random order
                let mut order: Vec<usize> = (0..64).collect();
                for n in (1..64).rev() {
                    order.swap(n, numbers.below(n + 1));
                }
                for n in 0..64 {
                    graph.exclude(order[n], order[(n + 1) % 64]);
                }
            }
            let mut tries = 0;
            graph.search(u64::MAX, &mut tries);
            most = most.max(tries);
        }
    }
    // circles of five, each thing also excluding its twin in the next circle
    let mut rings = Exclusions::NONE;
    for n in 0..60 {
        let ring = n / 5 * 5;
        rings.exclude(n, ring + (n + 1) % 5);
        rings.exclude(n, (n + 5) % 60);
    }
    let mut tries = 0;
    rings.search(all(60), &mut tries);
    most = most.max(tries);
    // a torus of 8 by 8, and one with its diagonals
    for diagonals in [false, true] {
        let mut torus = Exclusions::NONE;
        for n in 0..64 {
            let at = |row: usize, column: usize| row % 8 * 8 + column % 8;
            let (row, column) = (n / 8, n % 8);
            torus.exclude(n, at(row, column + 1));
            torus.exclude(n, at(row + 1, column));
            if diagonals {
                torus.exclude(n, at(row + 1, column + 1));
            }
        }
        let mut tries = 0;
        torus.search(u64::MAX, &mut tries);
        most = most.max(tries);
    }
    assert!(most > 10, "these graphs are too easy to show anything");
    assert!(most < 5_000, "{most} tries");
}
