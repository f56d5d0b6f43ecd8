//! What scores are worth: chances fitted on some records and judged on others.

/// Fewer values than this make no step.
const ENOUGH: u64 = 60;

/// Chances that fall as doubt grows (pool adjacent violators): from which doubt on, in ten thousandths.
pub(super) fn fit(mut values: Vec<(u32, bool)>) -> Vec<(u32, u64)> {
    values.sort_by_key(|v| v.0);
    // Doubt where it begins, values, right ones.
    let mut pools: Vec<(u32, u64, u64)> = Vec::new();
    for group in values.chunk_by(|a, b| a.0 == b.0) {
        pools.push((group[0].0, group.len() as u64, group.iter().filter(|v| v.1).count() as u64));
        while let [.., a, b] = pools.as_slice()
            && (a.2 * b.1 <= b.2 * a.1 || a.1 < ENOUGH)
        {
            let joined = (a.0, a.1 + b.1, a.2 + b.2);
            pools.truncate(pools.len() - 2);
            pools.push(joined);
        }
    }
    pools.iter().map(|&(from, all, right)| (from, right * 10_000 / all.max(1))).collect()
}

/// Shows how often values are right, by what was said of them.
pub(super) fn reliability(steps: &[(u32, u64)], values: &[(u32, bool)]) {
    let said = |doubt: u32| steps.iter().rev().find(|s| doubt >= s.0).map_or(0, |s| s.1);
    println!("\n| confidence | values | mean confidence | right |\n|---|---|---|---|");
    let bounds = [0, 5_000, 7_000, 8_000, 9_000, 9_500, 9_800, 10_001];
    let mut error = 0.0;
    for pair in bounds.windows(2) {
        let inside: Vec<&(u32, bool)> = values.iter().filter(|v| (pair[0]..pair[1]).contains(&said(v.0))).collect();
        if inside.is_empty() {
            continue;
        }
        let mean = inside.iter().map(|v| said(v.0) as f64).sum::<f64>() / inside.len() as f64 / 100.0;
        let right = 100.0 * inside.iter().filter(|v| v.1).count() as f64 / inside.len() as f64;
        error += (mean - right).abs() / 100.0 * inside.len() as f64 / values.len() as f64;
        println!("| {:.2}–{:.2} | {} | {mean:.1} % | {right:.1} % |", pair[0] as f64 / 1e4, (pair[1] as f64 / 1e4).min(1.0), inside.len());
    }
    let wrong = values.iter().filter(|v| !v.1).count();
    let high = values.iter().filter(|v| !v.1 && said(v.0) >= 9_000).count();
    println!("\nexpected calibration error {error:.4}; of {wrong} wrong values {high} say 0.9 or more");
}
